/** A button of the product: a verb with an object, or an icon with a name. Mantine's own is heavier and looks different. */
import type { ButtonHTMLAttributes, Ref } from "react";
import css from "./button.module.css";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: "bordered" | "plain" | "main";
  readonly size?: "small" | "icon";
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = "bordered", size, className, type = "button", ...rest }: Props) {
  return (
    <button {...rest} type={type} className={className ? `${css.button} ${className}` : css.button} data-look={look} data-size={size} />
  );
}

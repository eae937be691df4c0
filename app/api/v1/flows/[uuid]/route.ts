import { answering } from "../../_api/handle.ts";
import { noParameters } from "../../_api/parameters.ts";

export async function GET(request: Request, { params }: { params: Promise<{ uuid: string }> }): Promise<Response> {
  const { uuid } = await params;
  return answering(noParameters, ({ store }) => store.flow(uuid))(request);
}

import { answerRest } from "@/server/api/rest-endpoint";

export const dynamic = "force-dynamic";

export {
  answerRest as DELETE,
  answerRest as GET,
  answerRest as OPTIONS,
  answerRest as PATCH,
  answerRest as POST,
  answerRest as PUT,
};

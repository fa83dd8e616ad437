/** What a caller is told: a status, a code for programs, and a sentence. It quotes no secret. */
export class ServiceProblem extends Error {
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.name = 'ServiceProblem';
    this.statusCode = statusCode;
    this.code = code;
  }
}

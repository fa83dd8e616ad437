/** PromQL for the highlighter, which does not know it: enough for what our pages show. */
export const promql = {
  name: 'promql',
  scopeName: 'source.promql',
  repository: {},
  patterns: [
    { match: '#.*$', name: 'comment.line' },
    { match: '"(?:\\\\.|[^"\\\\])*"', name: 'string.quoted' },
    {
      match: '\\b(?:by|without|on|ignoring|group_left|group_right|offset|bool|and|or|unless)\\b',
      name: 'keyword.control',
    },
    { match: '\\b[a-z_]+(?=\\s*\\(|\\s+(?:by|without)\\b)', name: 'support.function' },
    { match: '\\b\\d+(?:\\.\\d+)?(?:ms|[smhdwy])?\\b', name: 'constant.numeric' },
    { match: '\\b[A-Za-z_]\\w*(?=\\s*(?:=~|!~|!=|=))', name: 'variable.parameter' },
  ],
};

// Which operations there are (from the SDK's JavaScript: method, path, kind) and what they take (from its declarations).

import { readFileSync } from 'node:fs';
import { ts } from 'ts-morph';
import { LEGACY_OPERATIONS, RESOURCES } from './selection.mjs';
import { createReader, objectName, snake } from './type-reader.mjs';

/** Every `_makeRequest` of one resource file: [{ name, method, path, type }], the first branch of a method that has two. */
export function requestsOf(root, file) {
  const text = readFileSync(`${root}/resources/${file}.js`, 'utf8');
  const requests = [];
  let name;
  for (const line of text.split('\n')) {
    const head = /^ {4}(?:async )?(\w+)\(.*\) \{$/.exec(line);
    if (head) name = head[1];
    const call = /_makeRequest\('(\w+)', ['`]([^'`]+)['`]/.exec(line);
    if (call)
      requests.push({
        name,
        method: call[1],
        path: call[2].replace(/\$\{encodeURIComponent\((\w+)\)\}/g, '{$1}'),
      });
    const kind = /methodType: '(\w+)'/.exec(line);
    if (kind) requests[requests.length - 1].type = kind[1];
  }
  return requests;
}

/** Promise<Response<X>>, ApiListPromise<X> and ApiSearchResultPromise<X> -> the names of the objects X. */
function resultOf(checker, node) {
  if (!ts.isTypeReferenceNode(node)) return undefined;
  const name = node.typeName.getText();
  if (['Promise', 'Response', 'ApiListPromise', 'ApiSearchResultPromise'].includes(name))
    return resultOfAny(checker, node.typeArguments[0]);
  let symbol = checker.getSymbolAtLocation(node.typeName);
  if (symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  if (name === 'Event') return 'event';
  const declaration = symbol.declarations.find(
    (d) => ts.isInterfaceDeclaration(d) || ts.isTypeAliasDeclaration(d),
  );
  return ts.isInterfaceDeclaration(declaration)
    ? objectName(declaration)
    : resultOfAny(checker, declaration.type);
}

const resultOfAny = (checker, node) =>
  ts.isUnionTypeNode(node)
    ? node.types.map((part) => resultOf(checker, part)).join('/')
    : resultOf(checker, node);

/** -> { operations: Map id -> row, shapes, enums } */
export function readOperations(root, { checker, file }) {
  const reader = createReader(checker, { forParams: true });
  const operations = new Map();
  for (const [fileName, prefix, only] of RESOURCES) {
    const source = file(fileName);
    const resource = source.statements.find(
      (s) =>
        ts.isClassDeclaration(s) &&
        s.name.text.endsWith('Resource') &&
        prefix.endsWith(snake(fileName.split('/').pop())),
    );
    const requests = new Map();
    for (const request of requestsOf(root, fileName))
      if (!requests.has(request.name)) requests.set(request.name, request);
    for (const member of resource.members) {
      if (!ts.isMethodDeclaration(member) || (only && !only.includes(member.name.text))) continue;
      const request = requests.get(member.name.text);
      if (!request) throw new Error(`${fileName}.${member.name.text} makes no request`);
      const id = `${prefix}.${snake(member.name.text)}`;
      const params = member.parameters.find((parameter) => parameter.name.getText() === 'params');
      const row = { method: request.method, path: request.path };
      if (request.type) row.type = request.type;
      row.returns = resultOf(checker, member.type);
      if (params) row.params = reader.read(params.type, id, 'params').expr.slice(1, -1);
      operations.set(id, row);
    }
  }
  for (const { id, like, without = [], ...row } of LEGACY_OPERATIONS) {
    const fields = { ...reader.shapes.get(operations.get(like).params) };
    for (const name of without) delete fields[name];
    operations.set(id, { ...row, params: reader.intern(reader.shapes, `${id}_params`, fields) });
  }
  return { operations, shapes: reader.shapes, enums: reader.enums };
}

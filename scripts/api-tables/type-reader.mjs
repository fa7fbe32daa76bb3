// Turns the TypeScript declarations of the `stripe` package into the type expressions of the tables.
//
//   string integer number decimal boolean map open range     scalars; map = string values, open = any object
//   =a,b,c   =@name                                           enum, inline or by name
//   {name}                                                    a shape (nested fields) or a whole object
//   [expr]                                                    array
//   &a/b                                                      expandable: an id, or the object a (or b) once expanded
//   <a>                                                       list object with elements a
//   x|y                                                       union
// Prefixes: `!` required parameter, `?` optional field, `~` may be unset with '' (parameter) or be null (field).

import { ts } from 'ts-morph';
import { COMMON_SHAPES, FLOAT_FIELDS, OPEN_INTERFACES } from './selection.mjs';

/** Enums longer than this are stored once, under a name. */
const INLINE_ENUM = 60;

export const snake = (name) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();

/** Opens the declarations: `{ checker, file(name) }`. */
export function openProgram(root, files) {
  const program = ts.createProgram(
    files.map((name) => `${root}/resources/${name}.d.ts`),
    {
      noLib: true,
      types: [],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    },
  );
  return {
    checker: program.getTypeChecker(),
    file: (name) => {
      const source = program.getSourceFile(`${root}/resources/${name}.d.ts`);
      if (!source) throw new Error(`No declarations for ${name}`);
      return source;
    },
  };
}

const declarationsOf = (checker, nameNode) => {
  let symbol = checker.getSymbolAtLocation(nameNode);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return symbol?.declarations ?? [];
};

/** `PaymentIntent.NextAction` for an interface inside `declare namespace PaymentIntent`. */
function qualifiedName(declaration) {
  const names = [declaration.name.text];
  for (let node = declaration.parent; node; node = node.parent) {
    if (ts.isModuleDeclaration(node)) names.unshift(node.name.text);
  }
  return names.join('.');
}

/** Own and inherited members of an interface, the inherited ones last. */
function membersOf(checker, declaration) {
  const members = [...declaration.members];
  for (const clause of declaration.heritageClauses ?? []) {
    for (const base of clause.types) {
      for (const parent of declarationsOf(checker, base.expression)) {
        if (!ts.isInterfaceDeclaration(parent))
          throw new Error(`Unexpected base of ${qualifiedName(declaration)}`);
        const own = new Set(members.map((member) => member.name?.text));
        members.push(...membersOf(checker, parent).filter((member) => !own.has(member.name?.text)));
      }
    }
  }
  return members;
}

/** The value of the `object` member when the interface is a whole API object, with `deleted_` for tombstones. */
export function objectName(declaration) {
  const member = declaration.members.find((m) => m.name?.text === 'object');
  if (!member?.type || !ts.isLiteralTypeNode(member.type)) return undefined;
  return (declaration.name.text.startsWith('Deleted') ? 'deleted_' : '') + member.type.literal.text;
}

/**
 * A reader collects the shapes and enums that it meets. Shapes and enums with the same content are stored once, under the
 * name met first.
 */
export function createReader(checker, { forParams }) {
  const shapes = new Map();
  const enums = new Map();
  const byContent = new Map();
  const taken = new Set();

  function intern(store, name, content) {
    const key = JSON.stringify(content);
    const known = byContent.get(key);
    if (known !== undefined) return known;
    let unique = name;
    for (let n = 2; taken.has(unique); n++) unique = `${name}_${n}`;
    taken.add(unique);
    byContent.set(key, unique);
    store.set(unique, content);
    return unique;
  }

  // Shapes that many operations and fields share get a name of their own, else the first user would lend its name.
  for (const [name, content] of Object.entries(COMMON_SHAPES)) intern(shapes, name, content);

  const tableName = (declaration) => qualifiedName(declaration).split('.').map(snake).join('.');

  function enumExpr(values, name) {
    const text = values.join(',');
    if (values.some((value) => /[,|\]\s]/.test(value)))
      throw new Error(`Enum value cannot be stored: ${text}`);
    return text.length <= INLINE_ENUM ? `=${text}` : `=@${intern(enums, name, text)}`;
  }

  function fieldsOf(declaration) {
    const fields = {};
    for (const member of membersOf(checker, declaration)) {
      if (!ts.isPropertySignature(member))
        throw new Error(`Unexpected member in ${qualifiedName(declaration)}`);
      if (member.type.kind === ts.SyntaxKind.VoidKeyword) continue; // `deleted?: void`: never there
      const name = member.name.text;
      const { expr, empty } = read(member.type, `${tableName(declaration)}.${name}`, name);
      const mark = forParams ? (member.questionToken ? '' : '!') : member.questionToken ? '?' : '';
      fields[name] = mark + (empty ? '~' : '') + expr;
    }
    return fields;
  }

  /** -> { expr, empty } of one type node; `name` labels an anonymous enum, `field` decides integer or float. */
  function read(typeNode, name, field) {
    const out = { values: [], parts: [], ids: [], string: false, empty: false };
    collect(typeNode, name, field, out);
    const parts = [...new Set(out.parts)];
    if (out.values.length > 0) parts.push(enumExpr([...new Set(out.values)], name));
    if (out.ids.length > 0) {
      const kinds = [...new Set(out.ids)].join('/');
      parts.push(out.string && !forParams ? `&${kinds}` : `{${kinds}}`);
    } else if (out.string) parts.unshift('string');
    if (parts.length === 0) throw new Error(`Nothing known about ${name}`);
    return { expr: parts.join('|'), empty: out.empty };
  }

  function collect(node, name, field, out) {
    if (ts.isUnionTypeNode(node)) {
      for (const part of node.types) collect(part, name, field, out);
    } else if (ts.isParenthesizedTypeNode(node)) {
      collect(node.type, name, field, out);
    } else if (ts.isLiteralTypeNode(node)) {
      collectLiteral(node, out);
    } else if (ts.isArrayTypeNode(node)) {
      out.parts.push(`[${read(node.elementType, name, field).expr}]`);
    } else if (ts.isTypeReferenceNode(node)) {
      collectReference(node, name, field, out);
    } else if (ts.isTypeLiteralNode(node)) {
      out.parts.push(literalMap(node, name));
    } else if (node.kind === ts.SyntaxKind.StringKeyword) out.string = true;
    else if (node.kind === ts.SyntaxKind.NumberKeyword)
      out.parts.push(FLOAT_FIELDS.has(field) ? 'number' : 'integer');
    else if (node.kind === ts.SyntaxKind.BooleanKeyword) out.parts.push('boolean');
    else if (node.kind === ts.SyntaxKind.UndefinedKeyword) return;
    else if (node.kind === ts.SyntaxKind.UnknownKeyword || node.kind === ts.SyntaxKind.AnyKeyword)
      out.parts.push('open');
    else throw new Error(`Unknown kind of type at ${name}: ${node.getText()}`);
  }

  function collectLiteral(node, out) {
    const { literal } = node;
    if (literal.kind === ts.SyntaxKind.NullKeyword) out.empty = true;
    else if (literal.kind === ts.SyntaxKind.TrueKeyword || literal.kind === ts.SyntaxKind.FalseKeyword)
      out.parts.push('boolean');
    else if (ts.isStringLiteral(literal)) {
      if (literal.text === '') out.empty = true;
      else out.values.push(literal.text);
    } else throw new Error(`Unknown literal ${node.getText()}`);
  }

  /** `{ [key: string]: X }` */
  function literalMap(node, name) {
    const [member] = node.members;
    if (node.members.length !== 1 || !ts.isIndexSignatureDeclaration(member))
      throw new Error(`Unknown type literal at ${name}`);
    return forParams ? 'map' : 'open';
  }

  function collectReference(node, name, field, out) {
    const reference = node.typeName.getText();
    const [argument] = node.typeArguments ?? [];
    if (reference === 'OtherString') return;
    if (reference === 'Array') {
      out.parts.push(`[${read(argument, name, field).expr}]`);
      return;
    }
    if (reference === 'Emptyable') {
      out.empty = true;
      return collect(argument, name, field, out);
    }
    if (reference === 'ApiList') {
      out.parts.push(`<${read(argument, name, field).expr.replace(/^[{]|[}]$/g, '')}>`);
      return;
    }
    if (reference === 'Metadata' || reference === 'MetadataParam') {
      out.parts.push('map');
      return;
    }
    if (reference === 'RangeQueryParam') {
      out.parts.push('range');
      return;
    }
    if (reference === 'Decimal') {
      out.parts.push('decimal');
      return;
    }
    const declaration = declarationsOf(checker, node.typeName).find(
      (d) => ts.isInterfaceDeclaration(d) || ts.isTypeAliasDeclaration(d),
    );
    if (!declaration) throw new Error(`Cannot resolve ${reference} at ${name}`);
    if (ts.isTypeAliasDeclaration(declaration))
      return collect(declaration.type, tableName(declaration), field, out);
    const object = objectName(declaration);
    if (object !== undefined) {
      out.ids.push(object);
      return;
    }
    if (OPEN_INTERFACES.has(qualifiedName(declaration))) {
      out.parts.push('open');
      return;
    }
    if (declaration.members.some(ts.isIndexSignatureDeclaration)) {
      out.parts.push(forParams ? 'map' : 'open');
      return;
    }
    out.parts.push(`{${intern(shapes, tableName(declaration), fieldsOf(declaration))}}`);
  }

  return { shapes, enums, intern, fieldsOf, read };
}

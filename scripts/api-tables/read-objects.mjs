// The objects of the API: every field, whether it can be null or absent, and what it expands to.

import { ts } from 'ts-morph';
import { OBJECTS } from './selection.mjs';
import { createReader, objectName } from './type-reader.mjs';

/** -> { objects: Map name -> fields, shapes, enums } */
export function readObjects({ checker, file }) {
  const reader = createReader(checker, { forParams: false });
  const objects = new Map();
  for (const [fileName, interfaceName] of OBJECTS) {
    const declaration = file(fileName).statements.find(
      (s) => ts.isInterfaceDeclaration(s) && s.name.text === interfaceName,
    );
    if (!declaration) throw new Error(`No interface ${interfaceName} in ${fileName}`);
    objects.set(objectName(declaration), reader.fieldsOf(declaration));
  }
  return { objects, shapes: reader.shapes, enums: reader.enums };
}

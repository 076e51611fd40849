/** The documents of a channel as a tree: each under the one it belongs to. */
import type { SharedDocument } from "../wire-documents";

export interface Branch {
  document: SharedDocument;
  children: Branch[];
}

/** Whose parent is not among them stands at the top, as does every ring of parents. */
export function treeOf(documents: readonly SharedDocument[]): Branch[] {
  const known = new Map(documents.map((document) => [document.id, document]));
  const under = (parent: number | null): Branch[] =>
    documents
      .filter((document) => parentOf(document, known) === parent)
      .map((document) => ({ document, children: under(document.id) }));
  return under(null);
}

export interface Spot {
  document: SharedDocument;
  depth: number;
}

/** Where a document may stand: under any but itself and what stands under it. */
export function spotsFor(moved: number, branches: readonly Branch[], depth = 0): Spot[] {
  return branches
    .filter(({ document }) => document.id !== moved)
    .flatMap(({ document, children }) => [
      { document, depth },
      ...spotsFor(moved, children, depth + 1),
    ]);
}

function parentOf(document: SharedDocument, known: Map<number, SharedDocument>): number | null {
  if (document.parent === null || !known.has(document.parent)) return null;
  const seen = new Set([document.id]);
  for (let at: number | null = document.parent; at !== null; at = known.get(at)?.parent ?? null) {
    if (seen.has(at)) return null;
    seen.add(at);
  }
  return document.parent;
}

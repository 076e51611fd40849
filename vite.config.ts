/** Builds frontend/ into frontend/dist, which Django serves under /static/ by its manifest. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: "frontend",
  base: "/static/",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    // No data: URIs, which the content security policy refuses.
    assetsInlineLimit: 0,
    // kB: the editor of documents, which comes when one is opened, has 500.
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [
        "chat",
        "session",
        "documents",
        "gallery",
        "operations",
        "pages",
        "service-worker",
      ].map((name) => `frontend/${name}.ts`),
      output: {
        // The browser looks for a newer worker at the address of the one it has.
        entryFileNames: ({ name }) =>
          name === "service-worker" ? "service-worker.js" : "assets/[name]-[hash].js",
      },
    },
  },
  test: {
    include: ["tests/**/*.test.ts"],
    // They only end what hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

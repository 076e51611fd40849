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
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ["chat", "documents", "operations", "pages"].map((name) => `frontend/${name}.ts`),
    },
  },
  test: {
    include: ["tests/**/*.test.ts"],
  },
});

import { fileURLToPath } from "node:url";
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";
import { linguiMacro } from "./plugins/linguiMacro";

const berth = process.env.BERTH_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  plugins: [
    linguiMacro(),
    lingui(),
    react(),
    VitePWA({
      strategies: "injectManifest",
      srcDir: "src",
      filename: "sw.ts",
      injectRegister: false,
      injectManifest: { globPatterns: ["**/*.{js,css,html,svg,webmanifest}"] },
      manifest: {
        id: "/",
        name: "Berth",
        short_name: "Berth",
        description: "Reserve rooms, desks, equipment and more.",
        start_url: "/",
        display: "standalone",
        background_color: "#eef4f8",
        theme_color: "#0b5c8a",
        shortcuts: [
          { name: "My reservations", url: "/reservations", icons: [{ src: "/icon-192.png", sizes: "192x192" }] },
          { name: "Approvals", url: "/approvals", icons: [{ src: "/icon-192.png", sizes: "192x192" }] },
          { name: "Notifications", url: "/notifications", icons: [{ src: "/icon-192.png", sizes: "192x192" }] },
        ],
        icons: [
          { src: "/icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
          { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
          { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
          { src: "/icon-maskable.svg", sizes: "any", type: "image/svg+xml", purpose: "maskable" },
        ],
      },
    }),
  ],
  build: {
    outDir: "../src/berth/web_dist",
    emptyOutDir: true,
    target: "es2022",
    manifest: "build.json",
    modulePreload: { polyfill: false },
    // A file as data in a style sheet is a request saved, and a policy widened.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What many pages share comes at once: a hundred small files cost more round trips than they spare bytes.
        codeSplitting: { groups: [{ name: "shared", minShareCount: 32 }] },
      },
    },
  },
  server: { proxy: { "/api": berth, "/docs": berth, "/ws": { target: berth, ws: true } } },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}", "eslint/**/*.test.js"], setupFiles: ["src/lib/testing/setup.ts"] },
});

// Copies from node_modules just the files that are embedded in the binary. They are never committed.
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

const browser = 'views/static/vendor'
const printer = 'tenants/brazil/print/fonts'

const files = [
  ['htmx.org/dist/htmx.min.js', browser],
  ['@tabler/core/dist/css/tabler.min.css', browser],
  ['@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2', browser],
  ['@fontsource/figtree/files/figtree-latin-400-normal.woff', printer],
  ['@fontsource/figtree/files/figtree-latin-700-normal.woff', printer],
]

for (const [file, folder] of files) {
  const target = join(folder, file.split('/').at(-1))
  mkdirSync(dirname(target), { recursive: true })
  copyFileSync(join('node_modules', file), target)
}

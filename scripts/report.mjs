// Reads `go test -json` and says what a person wants to know: failures in full, one line a package, the ten slowest tests, and the count.
// A skipped test is a failure: nothing is skipped.
import { createInterface } from 'node:readline'

const output = new Map() // of tests still running or failed
const counts = { pass: 0, fail: 0, skip: 0 }
const slow = []
const started = Date.now()
let broken = false

for await (const line of createInterface({ input: process.stdin })) {
  let event
  try {
    event = JSON.parse(line)
  } catch {
    console.log(line)
    continue
  }
  const key = `${event.Package ?? event.ImportPath} ${event.Test ?? ''}`
  if (event.Action === 'output' || event.Action === 'build-output') {
    output.set(key, (output.get(key) ?? '') + event.Output)
    continue
  }
  if (!(event.Action in counts)) continue
  if (event.Test) {
    counts[event.Action]++
    slow.push([event.Elapsed, key])
    if (event.Action !== 'pass') process.stdout.write(output.get(key) ?? '')
    output.delete(key)
  } else if (event.Action === 'fail') {
    broken = true
    for (const [name, text] of output) if (name.startsWith(event.Package) || event.FailedBuild) process.stdout.write(text)
    console.log(`FAIL\t${event.Package}\t${event.Elapsed.toFixed(1)}s`)
  } else if (event.Action === 'pass') {
    console.log(`ok\t${event.Package}\t${event.Elapsed.toFixed(1)}s`)
  }
}

slow.sort((a, b) => b[0] - a[0])
console.log('\nTen slowest tests:')
for (const [seconds, name] of slow.slice(0, 10)) console.log(`  ${seconds.toFixed(2).padStart(7)} s  ${name}`)
console.log(`\nTook ${Math.round((Date.now() - started) / 1000)} s.`)
console.log(`${counts.pass} passed, ${counts.fail} failed, ${counts.skip} skipped`)
process.exit(broken || counts.fail || counts.skip || !counts.pass ? 1 : 0)

// Runs the npm package telegram-test-api on a free port, says which, and ends with its standard input.
import { createServer } from 'node:net'
import telegram from 'telegram-test-api'

const free = createServer().listen(0, '127.0.0.1', () => {
  const { port } = free.address()
  free.close(async () => {
    await new telegram({ port, host: '127.0.0.1', storeTimeout: 600 }).start()
    console.log(port)
  })
})
process.stdin.resume().on('end', () => process.exit(0))

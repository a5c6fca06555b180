// The lines that a peer's process speaks: one JSON object a line on standard input is a command, one a line on
// standard output its answer or an event.
import readline from 'node:readline'

export const say = line => process.stdout.write(JSON.stringify(line) + '\n')

// Obeys until standard input ends, or it is told to stop; commands run side by side. `perform` gives an answer's members.
export async function obey (perform) {
  say({ event: 'started', pid: process.pid })
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const c = JSON.parse(line)
    if (c.do === 'stop') break
    answer(c, perform)
  }
  // Standard input ends with whoever started this: then it ends too.
  setTimeout(() => process.exit(), 5000).unref()
}

async function answer (c, perform) {
  try {
    say({ ...await perform(c), id: c.id })
  } catch (err) {
    say({ id: c.id, error: `${err.name}: ${err.message}` })
  }
}

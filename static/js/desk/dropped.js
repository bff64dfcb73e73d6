// Gives all files of a drop, those in its folders too; of these, hidden ones are left out.
export async function filesIn(transfer) {
  const entries = [...transfer.items].map((one) => one.webkitGetAsEntry?.()).filter(Boolean)
  if (!entries.length) return [...transfer.files]
  const found = []
  for (const entry of entries) await walk(entry, found, true)
  return found
}

async function walk(entry, found, isNamed = false) {
  if (entry.name.startsWith(".") && !(isNamed && entry.isFile)) return
  if (entry.isFile) {
    found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)))
    return
  }
  const reader = entry.createReader()
  // A folder is given a hundred at a time, until none is left.
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))
    if (!some.length) return
    for (const one of some.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))) await walk(one, found)
  }
}

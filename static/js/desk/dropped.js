// Gives all files of a drop, those in its folders too; hidden ones are left out.
export async function filesIn(transfer) {
  const entries = [...transfer.items].map((one) => one.webkitGetAsEntry?.()).filter(Boolean)
  if (!entries.length) return [...transfer.files]
  const found = []
  for (const entry of entries) await walk(entry, found)
  return found
}

async function walk(entry, found) {
  if (entry.name.startsWith(".")) return
  if (entry.isFile) {
    found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)))
    return
  }
  const reader = entry.createReader()
  // A folder is given a hundred at a time, until none is left.
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))
    if (!some.length) return
    for (const one of some.sort((a, b) => a.name.localeCompare(b.name))) await walk(one, found)
  }
}

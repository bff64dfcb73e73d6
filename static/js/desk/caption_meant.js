// Words typed as a caption are meant: the choice beside them says so, and goes back where they are deleted again.
export function meant(words, choice, written) {
  let before = null
  words.addEventListener("input", () => {
    const isThere = words.value.trim() !== ""
    if (isThere && choice.value !== written) {
      before = choice.value
      choice.value = written
    } else if (!isThere && before !== null && choice.value === written) {
      choice.value = before
      before = null
    }
  })
}

-- Words citations: reads Pandoc documents as JSON, one a line, and answers each with its blocks,
-- cited, as one line of JSON; or with {"error": "..."}.

local function cited(line)
  local document = pandoc.utils.citeproc(pandoc.read(line, 'json'))
  document.meta = {}
  return pandoc.write(document, 'json')
end

for line in io.lines() do
  local well, answer = pcall(cited, line)
  if not well then
    answer = pandoc.json.encode({error = tostring(answer)})
  end
  io.write((answer:gsub('[\r\n]', ' ')), '\n')
  io.flush()
end

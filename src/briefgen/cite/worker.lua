-- Words citations: reads Pandoc documents as JSON, one a line. Answers each with its blocks, cited,
-- some at a time: each time a document of them as JSON on one line, at the end an empty line. What
-- fails is answered with {"error": "..."}.
-- The list of references comes in several pieces of the same name, too: nobody holds all of it.

local AT_ONCE = 200

local function tell(line)
  io.write((line:gsub('[\r\n]', ' ')), '\n')
end

local function tell_blocks(blocks, attributes)
  for first = 1, math.max(#blocks, 1), AT_ONCE do
    local some = table.move(blocks, first, math.min(first + AT_ONCE - 1, #blocks), 1, {})
    if attributes then
      some = {pandoc.Div(some, attributes)}
    end
    tell(pandoc.write(pandoc.Pandoc(some), 'json'))
  end
end

local function answer(line)
  local blocks = pandoc.utils.citeproc(pandoc.read(line, 'json')).blocks
  local last = table.remove(blocks)
  tell_blocks(blocks)
  tell_blocks(last.content, last.attr)
end

for line in io.lines() do
  local well, message = pcall(answer, line)
  if not well then
    tell(pandoc.json.encode({error = tostring(message)}))
  end
  io.write('\n')
  io.flush()
end

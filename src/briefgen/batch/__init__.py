"""Many briefs in one run: planned, made in parallel, written with a manifest.

`jobs` reads the jobs file, `run` runs it; what is between them is theirs: `worker` is what a
process does with one job, `pool` the processes of this machine, `cluster` those of others,
`manifest` what was made, `lock` that one run at a time makes it, `posting` what is mailed of it.
"""

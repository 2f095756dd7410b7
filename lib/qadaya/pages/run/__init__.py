"""From notebooks and parameters to runs: what is due, in which process, what came out.

`plan` says what is due and `params` reads the files; `run_all` has them run by the
`pool` of `worker` processes, which `processes` starts and `preloaded` forks when
`first_time` has done what takes its time only the first time, `kernels`
starts their kernels, `border` gives each the edition and nothing else, `progress` shows
it, `result` and `record` keep what came out.
"""

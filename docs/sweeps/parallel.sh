#!/bin/sh
# A sweep on machines that are reached by ssh and share a disk, with GNU parallel; run it again after a stop.
#   parallel.sh SCENARIO DIRECTORY SHARDS HOSTS
# SCENARIO and DIRECTORY lie on the shared disk; HOSTS is a file with a machine per line, ":" for this one.
# YUMASIM is the command on every machine, without it yumasim.
set -eu
scenario=$(realpath "$1")
directory=$(realpath -m "$2")
shards=$3
command=${YUMASIM:-yumasim}

mkdir -p "$(dirname "$directory")"
# A shard at a time on each machine: it uses all cores by itself.
seq 0 $((shards - 1)) |
  parallel --sshloginfile "$4" --jobs 1 --joblog "$directory.joblog" --resume-failed --line-buffer \
    "$command sweep '$scenario' --out '$directory' --shard {}/$shards"
$command sweep gather "$directory"

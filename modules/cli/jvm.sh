# Sourced by ./seqmark and benchmarks/jvm: which JDK they take, and how it runs the kernels.
needed=25
no_jdk="JDK $needed or newer is needed and was not found; install one (https://adoptium.net) or set JAVA_HOME"

# Whether $1 is the home of a JDK new enough: its file "release" says so without starting it.
suits() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${major:-0}" -ge "$needed" ]
}

find_jdk() {
  on_path=$(command -v javac) && on_path=$(readlink -f "$on_path" 2>/dev/null)
  for jdk in "${JAVA_HOME:-}" "${on_path%/bin/javac}" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/*jdk* /opt/*jdk* /opt/java/* /opt/homebrew/opt/openjdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.asdf/installs/java/*; do
    suits "$jdk" && echo "$jdk" && return
  done
  return 1
}

# Becomes Java from the folder $jdk.
exec_java() {
  # Activations take up more pages than the processor can remember unless these are large.
  large_pages=
  if grep -qs '\[madvise\]\|\[always\]' /sys/kernel/mm/transparent_hugepage/enabled; then
    large_pages=-XX:+UseTransparentHugePages
  fi
  # Other collectors, which Java takes where it sees one processor, let large arrays begin anywhere (ADR 12).
  collector=-XX:+UseG1GC
  case "${JDK_JAVA_OPTIONS:-} ${JAVA_TOOL_OPTIONS:-} ${_JAVA_OPTIONS:-}" in *:+Use*GC*) collector= ;; esac
  # Kernels loop long but are called a few times a step: by its usual counts the JIT has them all only after 15 s.
  exec "$jdk/bin/java" $collector $large_pages -XX:CompileCommand=quiet \
    "-XX:CompileCommand=CompileThresholdScaling,seqmark.backend.cpu.*::*,0.1" --sun-misc-unsafe-memory-access=allow "$@"
}

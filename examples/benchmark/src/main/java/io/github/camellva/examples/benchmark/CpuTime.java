package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The CPU time of each thread of a process so far, including those of its JVM. The kernel also has the sum of all threads, but
 * counts that in steps of 10 ms.
 */
record CpuTime(Map<Path, Thread> threads) {

    private record Thread(String name, long nanos) {
    }

    static CpuTime of(long pid) throws IOException {
        Map<Path, Thread> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks) {
                try {
                    threads.put(task, new Thread(
                            Files.readString(task.resolve("comm")).strip(),
                            Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0])));
                } catch (IOException e) {
                    // the thread has just ended
                }
            }
        }
        if (threads.isEmpty()) {
            throw new IOException("the kernel does not tell the CPU time of process " + pid + " in /proc");
        }
        return new CpuTime(threads);
    }

    /** What all threads have used since; a thread that has ended counts nothing. */
    Duration since(CpuTime earlier) {
        return since(earlier, thread -> true);
    }

    /** What the threads that compile have used since. */
    Duration compilersSince(CpuTime earlier) {
        return since(earlier, thread -> thread.matches("C[12] Compiler.*"));
    }

    private Duration since(CpuTime earlier, Predicate<String> name) {
        return Duration.ofNanos(threads.entrySet().stream().filter(thread -> name.test(thread.getValue().name()))
                .mapToLong(thread -> thread.getValue().nanos() - earlier.nanos(thread.getKey())).sum());
    }

    private long nanos(Path thread) {
        return threads.containsKey(thread) ? threads.get(thread).nanos() : 0;
    }
}

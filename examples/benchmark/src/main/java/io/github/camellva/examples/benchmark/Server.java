package io.github.camellva.examples.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

import com.sun.management.ThreadMXBean;

/** A server that runs in a process of its own, until the process that started it ends or closes its input. */
interface Server extends AutoCloseable {

    /** The question for the bytes that all threads have allocated so far. */
    String ALLOCATED = "allocated";

    /** Where it takes frames that get there like this. */
    int port(Transfer transfer);

    @Override
    void close() throws Exception;

    /** @param args the contestant */
    static void main(String[] args) throws Exception {
        try (Server server = Contestant.valueOf(args[0]).start();
             BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(server.port(Transfer.COPY) + " " + server.port(Transfer.MAP));
            answer(questions);
        }
        System.exit(0);
    }

    private static void answer(BufferedReader questions) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        while (questions.readLine() != null) {
            long bytes = 0;
            // not those of threads that have ended, of which there are hardly any between two questions
            for (long allocated : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
                bytes += Math.max(0, allocated);
            }
            System.out.println(bytes);
        }
    }
}

package io.github.camellva.examples.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

import com.sun.management.ThreadMXBean;

/** What runs in a JVM of its own and answers the questions of the process that started it, until that closes its input. */
interface Party extends AutoCloseable {

    /** The question for the bytes that all threads have allocated so far; every party answers it. */
    String ALLOCATED = "allocated";
    /** Makes every party collect garbage, which unmaps the shared memory of closed sessions. */
    String COLLECT = "collect";

    /** @return one line */
    String answer(String... question) throws Exception;

    @Override
    void close() throws Exception;

    /** @param args the contestant */
    static void main(String[] args) throws Exception {
        serve(Contestant.valueOf(args[0]).start());
    }

    /** Answers questions, and ends the JVM when there are no more. */
    static void serve(Party party) throws Exception {
        try (party; BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                System.out.println(switch (question) {
                    case ALLOCATED -> allocatedBytes();
                    case COLLECT -> collectGarbage();
                    default -> party.answer(question.split(" "));
                });
            }
        } catch (IOException e) {
            // the process that asks has ended
        }
        System.exit(0);
    }

    private static String collectGarbage() {
        System.gc();
        return "collected";
    }

    private static String allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        // threads that have ended are left out; hardly any end between two questions
        for (long allocated : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            bytes += Math.max(0, allocated);
        }
        return Long.toString(bytes);
    }
}

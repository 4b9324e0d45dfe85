package io.github.camellva.examples.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(120)
class ChildProcessIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void itsLinesAreToldAndItsExitCode() throws Exception {
        try (ChildProcess child = start("print 3", "exit 7")) {
            assertThat(child.awaitLine(Pattern.compile("line (\\d)"), TIMEOUT).group(1)).isEqualTo("1");
            assertThat(child.onExit().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(7);
            assertThat(lines).containsExactly("line 1", "line 2", "line 3");
        }
    }

    @Test
    void whoWaitsForALineThatDoesNotComeIsToldWhatDid() throws Exception {
        try (ChildProcess child = start("print 1", "exit 0")) {
            assertThatThrownBy(() -> child.awaitLine(Pattern.compile("ready"), TIMEOUT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the process ended without \"ready\":\nline 1");
        }
    }

    @Test
    void itEndsWhenItIsClosed() throws Exception {
        ChildProcess child = start("print 1", "sleep");
        child.awaitLine(Pattern.compile("line 1"), TIMEOUT);
        assertThat(child.onExit()).isNotDone();
        child.close();
        assertThat(child.onExit().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isNotZero();
    }

    @Test
    void itEndsByItselfWhenItIsTold() throws Exception {
        ChildProcess child = start("print 1", "listen");
        child.awaitLine(Pattern.compile("line 1"), TIMEOUT);
        child.tell("enough");
        child.close();
        assertThat(lines).endsWith("heard enough");
        assertThat(child.onExit().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isZero();
    }

    @Test
    void whoAsksForALineAfterItsEndIsToldAtOnce() throws Exception {
        try (ChildProcess child = start("print 1")) {
            child.onExit().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            assertThat(child.line(Pattern.compile("line 1"))).isCompleted();
            assertThat(child.line(Pattern.compile("line 2"))).isCompletedExceptionally();
        }
    }

    private ChildProcess start(String... actions) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", Talker.class.getName()));
        arguments.addAll(List.of(actions));
        return ChildProcess.start(ChildProcess.java(System.getProperty("java.class.path"), arguments), lines::add);
    }

    /** Does what it is told to. */
    static final class Talker {

        private Talker() {
        }

        public static void main(String[] actions) throws InterruptedException, IOException {
            for (String action : actions) {
                if (action.equals("listen")) {
                    System.out.println("heard " + new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
                } else if (action.equals("sleep")) {
                    Thread.currentThread().join();
                } else if (action.startsWith("exit ")) {
                    System.exit(Integer.parseInt(action.substring(5)));
                } else {
                    for (int line = 1; line <= Integer.parseInt(action.substring(6)); line++) {
                        System.out.println("line " + line);
                    }
                }
            }
        }
    }
}

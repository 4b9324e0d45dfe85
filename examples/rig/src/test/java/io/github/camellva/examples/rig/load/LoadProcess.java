package io.github.camellva.examples.rig.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.ChildProcess;

/** A node or an extension in a process of its own, as the process that started it sees it. */
public final class LoadProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration END_TIMEOUT = Duration.ofMinutes(2);

    private final ChildProcess process;
    private volatile Figures figures = Figures.NONE;

    private LoadProcess(ProcessBuilder command, Consumer<String> console) throws IOException {
        process = ChildProcess.start(command, line -> Figures.parse(line).ifPresentOrElse(
                latest -> figures = latest, () -> console.accept(line)));
    }

    /** @param arguments of {@link ExtensionProcess} */
    public static LoadProcess extension(Jvm jvm, Consumer<String> console, List<String> arguments) throws IOException {
        return new LoadProcess(jvm.command(ExtensionProcess.class, arguments), console);
    }

    /** @param arguments of {@link NodeProcess} */
    public static LoadProcess node(Jvm jvm, Consumer<String> console, List<String> arguments) throws IOException {
        return new LoadProcess(jvm.command(NodeProcess.class, arguments), console);
    }

    /** Where a route listens, once it does. */
    public int port(String route) throws InterruptedException {
        Pattern listens = Pattern.compile("route " + Pattern.quote(route) + " listens on (\\d+)");
        return Integer.parseInt(process.awaitLine(listens, START_TIMEOUT).group(1));
    }

    public long pid() {
        return process.pid();
    }

    /** The latest that it told. */
    public Figures figures() {
        return figures;
    }

    /** From now on this is wrong in it. */
    public void begin(Disturbance disturbance) {
        process.say(String.valueOf(disturbance.beginning()));
    }

    public void end(Disturbance disturbance) {
        process.say(String.valueOf(disturbance.ending()));
    }

    /** SIGSTOP and SIGCONT, for instance. */
    public void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).inheritIO().start().waitFor();
    }

    /** Tells it to end, and waits until what is under way has ended. */
    public Figures end() throws Exception {
        process.tell("");
        try {
            int status = process.onExit().get(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (status != 0) {
                throw new IllegalStateException("process " + pid() + " ended with " + status);
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("process " + pid() + " does not end");
        }
        return figures;
    }

    public void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }

    /**
     * How a JVM is started.
     *
     * @param classPath   where its classes are
     * @param options     of the JVM
     * @param descriptors that it may have open
     */
    public record Jvm(String classPath, List<String> options, int descriptors) {

        ProcessBuilder command(Class<?> main, List<String> arguments) {
            List<String> all = new ArrayList<>(options);
            // not what tests log to
            all.add("-Dlog4j2.configurationFile=log4j2.properties");
            all.add(main.getName());
            all.addAll(arguments);
            ProcessBuilder java = ChildProcess.java(classPath, all);
            java.command().addAll(0, List.of("sh", "-c", "ulimit -n " + descriptors + " && exec \"$@\"", "sh"));
            return java;
        }
    }
}

package io.github.camellva.grpc.thread;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventBuilder;

/** Loggers that write their lines down, as a reader of the log would see them. */
public final class RecordingLogger {

    private RecordingLogger() {
    }

    public static Logger into(Collection<String> lines) {
        return into(lines, EnumSet.allOf(Level.class));
    }

    /** @param enabled may change meanwhile */
    public static Logger into(Collection<String> lines, Set<Level> enabled) {
        LoggingEventBuilder event = proxy(LoggingEventBuilder.class, lines, enabled, null);
        return proxy(Logger.class, lines, enabled, event);
    }

    private static <T> T proxy(Class<T> type, Collection<String> lines, Set<Level> enabled, LoggingEventBuilder event) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (self, method, arguments) ->
            switch (method.getName()) {
                case "atLevel" -> event;
                case "isEnabledForLevel" -> enabled.contains((Level) arguments[0]);
                default -> {
                    Object[] values = arguments.length > 1 && arguments[1] instanceof Object[] several
                            ? several : Arrays.copyOfRange(arguments, 1, arguments.length);
                    lines.add(MessageFormatter.arrayFormat((String) arguments[0], values).getMessage());
                    yield null;
                }
            }));
    }
}

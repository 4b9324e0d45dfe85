package io.github.camellva.examples.rig;

import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;

/** What the user chose, as system properties; a value that is not accepted is told in one line, with what is. */
public final class Options {

    private final Properties properties;

    public Options(Properties properties) {
        this.properties = properties;
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(properties.getProperty(name));
    }

    /** A whole number from 1 to {@code most}. */
    public int number(String name, int byDefault, int most) throws UsageException {
        String value = properties.getProperty(name);
        if (value == null) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException(
                "-D" + name + "=" + value + ": a whole number from 1 to " + most + " is accepted, for instance -D" + name + "="
                                 + byDefault);
    }

    /** @return true or false */
    public boolean flag(String name, boolean byDefault) throws UsageException {
        return Boolean.parseBoolean(choice(name, Boolean.toString(byDefault), "true", "false"));
    }

    /** One of several words. */
    public String choice(String name, String byDefault, String... accepted) throws UsageException {
        String value = properties.getProperty(name, byDefault);
        if (Arrays.asList(accepted).contains(value)) {
            return value;
        }
        throw new UsageException("-D" + name + "=" + value + ": accepted are " + String.join(", ", accepted));
    }
}

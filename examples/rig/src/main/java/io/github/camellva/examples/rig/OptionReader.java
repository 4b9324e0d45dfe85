package io.github.camellva.examples.rig;

import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Properties;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads what the user chose, as system properties, into fields that have picocli's {@code @Option(names = "-Dname")}. A value that is
 * not accepted is named in one line with what is: the option's description, or what follows from its type.
 */
public final class OptionReader {

    /** Matches the number of a port. */
    public static final String PORT
            = "0*([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])";

    private static final int MOST_CHARACTERS_SHOWN = 100;

    private OptionReader() {
    }

    /** Of a whole number from 1. */
    @Retention(RetentionPolicy.RUNTIME)
    public @interface WholeNumber {

        long to() default Long.MAX_VALUE;

        /** What the user might choose. */
        long example();
    }

    /** Of a text that must have a form; the option's description says which. */
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Matching {
        String value();
    }

    /** Fields of options that are not given keep their values. */
    public static <T> T read(T options, Properties properties) throws UsageException {
        CommandLine commandLine = new CommandLine(options);
        List<OptionSpec> given = commandLine.getCommandSpec().options().stream()
                .filter(option -> value(option, properties) != null).toList();
        try {
            commandLine.parseArgs(given.stream()
                    .map(option -> option.longestName() + "=" + value(option, properties)).toArray(String[]::new));
        } catch (ParameterException e) {
            if (e.getArgSpec() instanceof OptionSpec option) {
                throw refusal(option, value(option, properties));
            }
            throw new UsageException(e.getMessage());
        }
        for (OptionSpec option : given) {
            if (!isAccepted(option, value(option, properties))) {
                throw refusal(option, value(option, properties));
            }
        }
        return options;
    }

    private static String value(OptionSpec option, Properties properties) {
        return properties.getProperty(option.longestName().substring("-D".length()));
    }

    private static boolean isAccepted(OptionSpec option, String value) {
        WholeNumber bounds = annotation(option, WholeNumber.class);
        if (bounds != null) {
            long number = ((Number) option.getValue()).longValue();
            return number >= 1 && number <= bounds.to();
        }
        Matching form = annotation(option, Matching.class);
        return form == null || value.matches(form.value());
    }

    private static UsageException refusal(OptionSpec option, String value) {
        // what comes before an @ in a URL may be a password
        String shown = Console.abbreviate(value.replaceAll("//.*@", "//...@"), MOST_CHARACTERS_SHOWN);
        return new UsageException(option.longestName() + "=" + shown + ": " + accepted(option));
    }

    private static String accepted(OptionSpec option) {
        WholeNumber bounds = annotation(option, WholeNumber.class);
        if (bounds != null) {
            return "a whole number from 1 " + (bounds.to() == Long.MAX_VALUE ? "on" : "to " + bounds.to())
                   + " is accepted, for instance " + option.longestName() + "=" + bounds.example();
        } else if (option.description().length > 0) {
            return String.join(" ", option.description());
        }
        return "accepted are "
               + (option.completionCandidates() == null ? "true, false" : String.join(", ", option.completionCandidates()));
    }

    private static <A extends Annotation> A annotation(OptionSpec option, Class<A> type) {
        return ((AnnotatedElement) option.userObject()).getAnnotation(type);
    }
}

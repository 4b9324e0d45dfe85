package io.github.camellva.grpc.media;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the converter of pictures, once: what {@link java.util.ServiceLoader} finds before the JDK's own. The system property
 * {@value #PROPERTY} names another.
 */
public final class PictureConverters {

    /** Names the converter to use. */
    public static final String PROPERTY = "camellva.pictures";

    private static final Logger LOG = LoggerFactory.getLogger(PictureConverters.class);

    private static volatile PictureConverter preferred;

    /** Made when they are first asked for. */
    private static final class Available {
        static final PictureConverter JDK = new JdkPictures();
        static final List<PictureConverter> ALL = Stream.concat(found(), Stream.of(JDK)).toList();

        private Available() {
        }
    }

    private PictureConverters() {
    }

    /** @throws IllegalArgumentException if the system property names a converter that there is not */
    public static PictureConverter preferred() {
        return preferred == null ? choosePreferred() : preferred;
    }

    /** @throws IllegalArgumentException if there is no converter of this name */
    public static PictureConverter named(String name) {
        return guarded(choose(name, Available.ALL));
    }

    private static synchronized PictureConverter choosePreferred() {
        if (preferred == null) {
            PictureConverter chosen = choose(System.getProperty(PROPERTY, ""), Available.ALL);
            LOG.info("Pictures are converted by {}; system property {} forces one of {}", chosen.name(), PROPERTY, names(Available.ALL));
            preferred = guarded(chosen);
        }
        return preferred;
    }

    /** @param name of the one to use; empty for the first */
    static PictureConverter choose(String name, List<PictureConverter> available) {
        return available.stream().filter(converter -> name.isEmpty() || converter.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no converter of pictures named '" + name + "', as system property "
                                                                + PROPERTY + " may have it; here are " + names(available)));
    }

    private static PictureConverter guarded(PictureConverter converter) {
        return new GuardedConverter(converter, Available.JDK);
    }

    private static Stream<PictureConverter> found() {
        return ServiceLoader.load(PictureConverter.class, PictureConverter.class.getClassLoader()).stream().flatMap(PictureConverters::made);
    }

    /** One that cannot work here, such as native code for another platform, is told and left out. */
    private static Stream<PictureConverter> made(ServiceLoader.Provider<PictureConverter> provider) {
        try {
            return Stream.of(provider.get());
        } catch (ServiceConfigurationError | LinkageError e) {
            LOG.warn("Pictures cannot be converted by {} here: {}", provider.type().getName(), e.toString());
            return Stream.empty();
        }
    }

    private static String names(List<PictureConverter> converters) {
        return converters.stream().map(PictureConverter::name).collect(Collectors.joining(", "));
    }
}

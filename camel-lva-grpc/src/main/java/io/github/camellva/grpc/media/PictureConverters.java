package io.github.camellva.grpc.media;

import java.util.ArrayList;
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

    private PictureConverters() {
    }

    /** @throws IllegalArgumentException if the system property names a converter that there is not */
    public static PictureConverter preferred() {
        return preferred == null ? choosePreferred() : preferred;
    }

    private static synchronized PictureConverter choosePreferred() {
        if (preferred == null) {
            PictureConverter jdk = new JdkPictures();
            List<PictureConverter> available = found();
            available.add(jdk);
            preferred = new GuardedConverter(choose(System.getProperty(PROPERTY, ""), available), jdk);
        }
        return preferred;
    }

    /** @param name of the one to use; empty for the first */
    static PictureConverter choose(String name, List<PictureConverter> available) {
        PictureConverter chosen = available.stream().filter(converter -> name.isEmpty() || converter.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "system property " + PROPERTY + " is '" + name + "'; here are " + names(available)));
        LOG.info("Pictures are converted by {}; {} can be forced by system property {}", chosen.name(), names(available), PROPERTY);
        return chosen;
    }

    private static List<PictureConverter> found() {
        List<PictureConverter> found = new ArrayList<>();
        ServiceLoader.load(PictureConverter.class, PictureConverter.class.getClassLoader()).stream()
                .flatMap(PictureConverters::made).forEach(found::add);
        return found;
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

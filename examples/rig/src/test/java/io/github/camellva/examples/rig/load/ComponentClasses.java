package io.github.camellva.examples.rig.load;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.camellva.grpc.LvaGrpcComponent;

/**
 * The component's classes, all of them loaded: in a directory, as they are while the project is built, each takes a file descriptor
 * when it is first used. In a jar, as users have them, they do not.
 */
final class ComponentClasses {

    private static final String END = ".class";

    private ComponentClasses() {
    }

    static void load() throws IOException, ClassNotFoundException, URISyntaxException {
        Path directory = Path.of(LvaGrpcComponent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(directory)) {
            for (String name : names(directory)) {
                Class.forName(name, false, ComponentClasses.class.getClassLoader());
            }
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(LvaGrpcComponent.class.getPackageName().replace('.', '/')))) {
            return files.map(file -> directory.relativize(file).toString()).filter(file -> file.endsWith(END))
                    .map(file -> file.substring(0, file.length() - END.length()).replace('/', '.')).toList();
        }
    }
}

package io.github.camellva.examples.rig;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where this program's classes are, for processes that are to run it, too. */
public final class ClassPath {

    private ClassPath() {
    }

    /** Maven runs a program in a class loader of its own, and the class path of the JVM is Maven's then. */
    public static String of(ClassLoader loader) throws URISyntaxException {
        if (!(loader instanceof URLClassLoader urls)) {
            return System.getProperty("java.class.path");
        }
        List<String> entries = new ArrayList<>();
        for (URL url : urls.getURLs()) {
            entries.add(Path.of(url.toURI()).toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}

package io.github.camellva.examples.camera;

import java.nio.file.Path;

/** What sources are called. */
final class Names {

    private Names() {
    }

    /** A file's name without its extension, or a directory's name. */
    static String of(Path file) {
        Path last = file.toAbsolutePath().normalize().getFileName();
        // a root has no name
        return last == null ? "pictures" : clean(last.toString().replaceFirst("(.)\\.[^.]*$", "$1"));
    }

    /** Host and path of a URL. */
    static String of(String url) {
        return clean(withoutCredentials(url).replaceFirst("^[^:]*://", "").replaceFirst("[?#].*", "").replaceFirst("/+$", ""));
    }

    /** A URL as others may see it. */
    static String withoutCredentials(String url) {
        return url.replaceFirst("//[^/]*@", "//");
    }

    private static String clean(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]+", "-");
    }
}

package io.github.camellva.view;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** What the page consists of. Nothing else can be asked for. */
final class PageFiles {

    private static final String FOLDER = "page/";
    private static final String INDEX = "index.html";
    private static final Map<String, PageFile> FILES = Stream.of(
            INDEX, "style.css", "icon.svg", "app.js", "camera.js", "chart.js", "colour.js", "draw.js", "findings.js", "server.js")
            .map(PageFiles::read).collect(Collectors.toUnmodifiableMap(PageFile::name, file -> file));

    /** @param type of its content */
    record PageFile(String name, String type, byte[] content) {

        ByteBuffer body() {
            return ByteBuffer.wrap(content);
        }
    }

    private PageFiles() {
    }

    /** @param name empty for the page itself */
    static @Nullable PageFile find(String name) {
        return FILES.get(name.isEmpty() ? INDEX : name);
    }

    private static PageFile read(String name) {
        try (InputStream file = PageFiles.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("the jar is incomplete: it has no " + FOLDER + name);
            }
            return new PageFile(name, type(name), file.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("the jar is broken: " + FOLDER + name + " cannot be read", e);
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            case ".js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }
}

package io.github.camellva.examples.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the tests of a module have logged since this was made: the lines that an operator would have seen. */
public final class LogFile {

    private static final Path FILE = Path.of("target", "test.log");

    private final int before;

    public LogFile() throws IOException {
        before = Files.readAllLines(FILE).size();
    }

    public List<String> lines() throws IOException {
        List<String> all = Files.readAllLines(FILE);
        return all.subList(before, all.size());
    }
}

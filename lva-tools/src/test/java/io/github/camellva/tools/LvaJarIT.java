package io.github.camellva.tools;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;

import io.github.camellva.tools.LvaJar.Run;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar that people run. */
class LvaJarIT {

    @Test
    void itTellsItsVersion() throws Exception {
        Run run = run("--version");
        assertThat(run.output()).startsWith("lva 0.").contains("Java ");
        assertThat(run.exitCode()).isEqualTo(0);
    }

    @Test
    void itHelpsWithoutColoursWhenNobodyLooks() throws Exception {
        Run run = run("check", "--help");
        assertThat(run.output()).startsWith("Usage: lva check").doesNotContain("\u001b");
        assertThat(run.exitCode()).isEqualTo(0);
    }

    @Test
    void aWrongOptionIsNamedAndIsNotAResult() throws Exception {
        Run run = run("check", "--colour");
        assertThat(run.output()).contains("--colour");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void itWritesAScriptThatCompletesItsCommands() throws Exception {
        Run run = run("generate-completion");
        assertThat(run.output()).contains("complete -F", "check");
        assertThat(run.exitCode()).isEqualTo(0);
    }

    @Test
    void camelIsNotInIt() throws IOException {
        try (JarFile jar = new JarFile(LvaJar.PATH)) {
            assertThat(jar.stream().map(entry -> entry.getName())).noneMatch(name -> name.startsWith("org/apache/camel"))
                    .noneMatch(name -> name.endsWith("LvaGrpcComponent.class"))
                    .anyMatch(name -> name.endsWith("ExtensionSession.class"))
                    .anyMatch(name -> name.equals("io/github/camellva/tools/check/protocol.md"));
        }
    }

    private static Run run(String... arguments) throws Exception {
        return LvaJar.run(List.of(arguments));
    }
}

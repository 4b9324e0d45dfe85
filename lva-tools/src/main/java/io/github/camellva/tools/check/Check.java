package io.github.camellva.tools.check;

import picocli.CommandLine.Command;

/** The command {@code lva check}. */
@Command(name = "check",
         description = "Checks a program against the rules of the protocol, from outside: whatever it is written in, as its peers see it.",
         mixinStandardHelpOptions = true,
         synopsisSubcommandLabel = "PARTY")
public final class Check {
}

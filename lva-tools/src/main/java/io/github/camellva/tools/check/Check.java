package io.github.camellva.tools.check;

import io.github.camellva.tools.check.extension.CheckExtension;
import io.github.camellva.tools.check.node.CheckNode;
import picocli.CommandLine.Command;

/** The command {@code lva check}. */
@Command(name = "check",
         description = "Checks a program against the rules of the protocol, from outside: whatever it is written in, as its peers see it.",
         mixinStandardHelpOptions = true,
         subcommands = { CheckExtension.class, CheckNode.class },
         synopsisSubcommandLabel = "PARTY")
public final class Check {
}

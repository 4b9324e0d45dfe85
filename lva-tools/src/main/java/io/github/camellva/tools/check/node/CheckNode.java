package io.github.camellva.tools.check.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.camellva.grpc.server.ServerTls;
import io.github.camellva.grpc.wire.Credentials;
import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.ExitCode;
import io.github.camellva.tools.Terminal;
import io.github.camellva.tools.check.CaseSelection;
import io.github.camellva.tools.check.ReportOptions;
import io.github.camellva.tools.check.Specification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code lva check node}. */
@Command(name = "node",
         description = {
                 "Checks a node: a client that sends frames to an extension.",
                 "",
                 "It listens, and plays an extension: each session that the node opens gets another script, with answers that are late,"
                               + " out of order, doubled, missing or wrong, with ends and refusals; and what the node does is compared with"
                               + " the rules of the specification (docs/protocol.md).",
                 "" },
         mixinStandardHelpOptions = true,
         footerHeading = "%nHow to start a node for it:%n",
         footer = {
                 "  It must send frames without an end, several a second, and open another session when one has ended. Any program that",
                 "  does so will do. With this project's component, this route is one; --only=SM wants &dataTransfer=sharedMemory:",
                 "",
                 "  - route:",
                 "      errorHandler: { noErrorHandler: {} }",
                 "      from:",
                 "        uri: timer:frames?period=20",
                 "        steps:",
                 "          - setBody: { simple: \"$${bean:camera}\" }",
                 "          - to: lvagrpc:localhost:5001?encoding=JPG&responseTimeout=5000",
                 "",
                 "  A timeout of some seconds lets the cases about answers that never come pass soon; it must be four times --quiet at"
                       + " least.",
                 "",
                 "Exit codes: 0 no rule that MUST be kept was seen broken; 1 one was; 2 it could not be tried." })
public final class CheckNode implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "5001", description = "Where to listen. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--bind", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
            description = "The address to listen on, 0.0.0.0 for nodes on other machines. Default: ${DEFAULT-VALUE}.")
    private String address;

    @Mixin
    private CaseSelection selection;

    @Mixin
    private ReportOptions reporting;

    @Option(names = "--wait", paramLabel = "S", defaultValue = "60",
            description = "How long to wait for the node at first, seconds. Default: ${DEFAULT-VALUE}.")
    private long wait;

    @Option(names = "--patience", paramLabel = "MS", defaultValue = "5000",
            description = "How long its next session or sample may take, milliseconds. Default: ${DEFAULT-VALUE}.")
    private long patience;

    @Option(names = "--quiet", paramLabel = "MS", defaultValue = "1000",
            description = "A node that sent nothing for so long waits for an answer: more than the time between two of its frames,"
                          + " milliseconds. Default: ${DEFAULT-VALUE}.")
    private long quiet;

    @Option(names = "--give-up", paramLabel = "MS", defaultValue = "30000",
            description = "How long it may wait for an answer that never comes, milliseconds. Default: ${DEFAULT-VALUE}.")
    private long giveUp;

    @Option(names = "--shared-memory", paramLabel = "DIR", defaultValue = "/dev/shm",
            description = "Where it makes shared memory. Default: ${DEFAULT-VALUE}.")
    private Path memoryDirectory;

    @Option(names = "--username", paramLabel = "NAME", description = "The credentials that the node was given.")
    private String username;

    @Option(names = "--password", paramLabel = "WORD", interactive = true, arity = "0..1",
            description = "Without a value it is asked for and not shown.")
    private String password;

    @Option(names = "--cert", paramLabel = "FILE", description = "Speak TLS, with this chain of certificates, PEM.")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its private key: PEM, PKCS#8, not encrypted.")
    private Path key;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        PrintWriter output = command.commandLine().getOut();
        List<NodeCase> cases = Catalogue.of(Specification.published()).stream()
                .filter(each -> selection.includes(each.info())).toList();
        if (cases.isEmpty()) {
            throw new CommandException("no case is left; --list shows all of them");
        }
        if (selection.isListWanted()) {
            cases.forEach(each -> output.printf("%-8s %-6s %s%n", each.info().id(), each.info().level(), each.info().expected()));
            output.flush();
            return ExitCode.YES;
        }
        Terminal terminal = Terminal.of(command.commandLine().getErr());
        try (ScriptedExtension extension = new ScriptedExtension(new InetSocketAddress(address, port), tls())) {
            return reporting.tell(
                    new NodeCheck(extension, setting(), reporting.strictness(), terminal).run(cases, Duration.ofSeconds(wait)), output);
        }
    }

    private Node.Setting setting() {
        Times times = new Times(Duration.ofMillis(patience), Duration.ofMillis(quiet), Duration.ofMillis(giveUp));
        return new Node.Setting(times, memoryDirectory, credentials(), certificate != null);
    }

    /** Null for none. */
    private Credentials credentials() {
        if ((username == null) != (password == null)) {
            throw new CommandException("--username and --password belong together; give both or neither");
        }
        return username == null ? null : new Credentials(username, password);
    }

    private ServerTls tls() {
        if ((certificate == null) != (key == null)) {
            throw new CommandException("--cert and --key belong together; give both or neither");
        }
        try {
            return certificate == null
                    ? ServerTls.none()
                    : ServerTls.pem(Files.readAllBytes(certificate), Files.readAllBytes(key), null, null);
        } catch (IOException e) {
            throw new CommandException("the certificate or its key cannot be read: " + e, e);
        }
    }
}

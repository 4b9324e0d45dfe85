package io.github.camellva.tools.show;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import io.github.camellva.tools.ExitCode;
import io.github.camellva.tools.json.Json;
import io.github.camellva.tools.recording.Recording;
import io.github.camellva.tools.recording.v1.LeftOut;
import io.github.camellva.tools.recording.v1.Message;
import io.github.camellva.tools.recording.v1.SessionBegan;
import io.github.camellva.tools.recording.v1.SessionEnded;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code lva show}. */
@Command(name = "show",
         description = "Tells what is in a recording: sessions, formats, counts, latencies, findings, gaps and errors.",
         mixinStandardHelpOptions = true,
         exitCodeListHeading = "%nExit codes:%n",
         exitCodeList = {
                 "0:All samples are in it, and all were answered.",
                 "1:Samples are missing or unanswered, or messages are malformed.",
                 "2:The file cannot be read." },
         footerHeading = "%nFor instance:%n",
         footer = "  lva show garage.lva --extract frames")
public final class Show implements Callable<Integer>, Recording.Listener {

    private static final int MAX_TOLD = 1000;
    /** At once; one that began earlier is taken for one whose end was not recorded. */
    private static final int MAX_OPEN = 1000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "What 'lva record' has written; parts in their order.")
    private List<Path> files;

    @Option(names = "--extract", paramLabel = "DIR",
            description = "Write every frame as a picture, and every inference document as JSON, into this directory.")
    private @Nullable Path extract;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    private final Map<Long, SessionSummary> open = new LinkedHashMap<>();
    /** What is told of sessions, by their number. */
    private final SortedMap<Long, Map<String, Object>> told = new TreeMap<>();
    private long sessions;
    private boolean clean = true;
    private @Nullable Extraction extraction;
    private long leftOut;
    private String leftOutReason = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (extract != null) {
            extraction = new Extraction(Files.createDirectories(extract));
        }
        Recording recording = new Recording(files);
        recording.read(this);
        open.values().forEach(this::add);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("sessions", List.copyOf(told.values()));
        summary.put("sessionsNotTold", sessions - told.size());
        summary.put("messagesLeftOut", leftOut);
        summary.put("bytesCut", recording.cutBytes());
        if (extraction != null) {
            summary.put("framesExtracted", extraction.frames());
            summary.put("documentsExtracted", extraction.documents());
        }
        spec.commandLine().getOut().print(json ? Json.pretty(summary) + "\n" : text(summary));
        spec.commandLine().getOut().flush();
        return leftOut == 0 && clean ? ExitCode.YES : ExitCode.NO;
    }

    @Override
    public void began(SessionBegan session) {
        open.put(session.getSession(), new SessionSummary(session));
        if (open.size() > MAX_OPEN) {
            add(open.remove(open.keySet().iterator().next()));
        }
    }

    @Override
    public void message(Message message) throws IOException {
        SessionSummary session = open.get(message.getSession());
        if (session != null) {
            session.add(message);
            if (extraction != null) {
                extraction.add(message);
            }
        }
    }

    @Override
    public void ended(SessionEnded ended) {
        SessionSummary session = open.remove(ended.getSession());
        if (session != null) {
            session.end(ended);
            add(session);
        }
    }

    @Override
    public void leftOut(LeftOut gap) {
        leftOut += gap.getMessages();
        leftOutReason = gap.getReason();
    }

    /** Nothing more is known of a session: of many, the first are told, and all are judged. */
    private void add(SessionSummary session) {
        sessions++;
        clean = clean && session.isClean();
        if (told.size() < MAX_TOLD) {
            told.put(session.number(), session.toMap());
        }
    }

    /** Findings as "person 20, car 3". */
    private static Object inWords(Object value) {
        return value instanceof Map<?, ?> counts
                ? counts.entrySet().stream().map(count -> count.getKey() + " " + count.getValue()).collect(Collectors.joining(", "))
                : value;
    }

    private String text(Map<String, Object> summary) {
        StringBuilder text = new StringBuilder();
        for (Map<String, Object> session : told.values()) {
            session.forEach((name, value) -> text.append(String.format("%-18s %s%n", name, inWords(value))));
            text.append(System.lineSeparator());
        }
        text.append(sessions).append(sessions == 1 ? " session" : " sessions");
        if (sessions > told.size()) {
            text.append(", of which ").append(told.size()).append(" are shown");
        }
        if (leftOut > 0) {
            text.append("; ").append(leftOut).append(" messages were not recorded: ").append(leftOutReason);
        }
        if ((Long) summary.get("bytesCut") > 0) {
            text.append("; the last record is cut short, ").append(summary.get("bytesCut")).append(" bytes are ignored");
        }
        if (extraction != null) {
            text.append("; ").append(extraction);
        }
        return text.append(System.lineSeparator()).toString();
    }
}

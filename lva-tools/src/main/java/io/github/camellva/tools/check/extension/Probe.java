package io.github.camellva.tools.check.extension;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.check.Format;
import io.github.camellva.tools.check.Messages;
import io.github.camellva.tools.check.RuleBroken;
import io.github.camellva.tools.check.extension.Profile.Answers;
import io.github.camellva.tools.peer.Causes;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** Finds out, before anything is judged, whether an extension is there, which formats it serves and when it answers. */
final class Probe {

    private static final int LATEST = 16;
    /** Small, for a quick run, and what published extensions for one model want. */
    private static final List<Format> SIZES
            = List.of(Format.raw(PixelFormat.BGR24, 64, 48), Format.raw(PixelFormat.BGR24, 416, 416));

    private static final String NO_ANSWER = "no answer";
    private static final int PATIENT = 2;

    private final Target target;
    private int silences;

    Probe(Target target) {
        this.target = target;
    }

    /**
     * @param  wanted           the format to use; null for the first that is served
     * @throws CommandException if nobody is there, or whoever it is does not let this node in
     */
    Profile profile(@Nullable Format wanted) throws Exception {
        List<Format> sizes = wanted == null ? SIZES : List.of(wanted);
        // what has just been started is slow at first, and is not judged by that
        refusal(sizes.get(0));
        silences = 0;
        for (Format size : sizes) {
            Map<Format, String> refusals = refusals(size, wanted);
            Optional<Format> served = Profile.formats(size).stream().filter(format -> !refusals.containsKey(format)).findFirst();
            if (served.isPresent()) {
                Format format = wanted == null ? served.get() : wanted;
                return new Profile(format, refusals, answers(new Profile(format, refusals, Answers.AT_ONCE)));
            }
        }
        Format first = wanted == null ? SIZES.get(0) : wanted;
        return new Profile(first, Map.of(), Answers.NEVER);
    }

    private Map<Format, String> refusals(Format size, @Nullable Format wanted) throws Exception {
        Map<Format, String> refusals = new LinkedHashMap<>();
        for (Format format : Profile.formats(size)) {
            refusal(format.equals(wanted) ? wanted : format).ifPresent(why -> refusals.put(format, why));
        }
        return refusals;
    }

    private Optional<String> refusal(Format format) throws Exception {
        Profile guess = new Profile(format, Map.of(), Answers.AT_ONCE);
        try (Extension extension = new Extension(target, guess, new Observations())) {
            Conversation session = extension.session();
            session.send(extension.descriptor());
            if (!session.awaitAnything(patience())) {
                silences++;
                return Optional.of(NO_ANSWER);
            }
            if (!session.hasEnded()) {
                return Optional.empty();
            }
            Status end = session.awaitEnd();
            requireThere(end);
            return Optional.of(Messages.describe(end));
        }
    }

    /** An extension that says nothing to some formats will say nothing to others, and need not be waited for so long. */
    private Duration patience() {
        return silences < PATIENT ? target.patience() : target.patience().dividedBy(4);
    }

    private Answers answers(Profile guess) throws Exception {
        try (Extension extension = new Extension(target, guess, new Observations())) {
            Conversation session = extension.session().open();
            int sent = 0;
            while (session.acknowledged().stream().noneMatch(number -> number > 1)) {
                if (sent > LATEST || session.hasEnded()) {
                    return Answers.NEVER;
                }
                session.sendSample();
                sent++;
                listenForAnswer(session);
            }
            session.listen(Duration.ofMillis(100));
            long answered = session.acknowledged().stream().filter(number -> number > 1).count();
            return new Answers(sent - 1, sent > 1 && answered == sent, true);
        } catch (RuleBroken e) {
            return Answers.NEVER;
        }
    }

    /** Published extensions also acknowledge the descriptor's number late, or 0: only a sample's counts. */
    private void listenForAnswer(Conversation session) {
        int had = session.answers().size();
        session.awaitAnything();
        if (session.answers().size() > had && session.acknowledged().stream().noneMatch(number -> number > 1)) {
            session.awaitAnything();
        }
    }

    private void requireThere(Status end) {
        switch (end.getCode()) {
            case UNAVAILABLE -> throw new CommandException(
                    "no extension at " + target.peer().address() + ": " + Causes.inWords(end) + "; start it first, and "
                                                           + (target.peer().isSecured()
                                                                   ? "name with --trust who issued its certificate"
                                                                   : "give --tls or --trust if it speaks TLS"));
            case UNAUTHENTICATED -> throw new CommandException(
                    "the extension at " + target.peer().address() + " demands credentials: " + Causes.inWords(end)
                                                               + "; give --username and --password");
            default -> {
                // it is there, and has something to say
            }
        }
    }
}

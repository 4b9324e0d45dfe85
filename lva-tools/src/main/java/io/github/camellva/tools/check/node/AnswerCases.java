package io.github.camellva.tools.check.node;

import java.util.Collections;
import java.util.List;

import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.Motion;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import io.github.camellva.proto.Text;
import io.github.camellva.tools.check.Level;

/** What an extension may have found, and what it may send in place of an answer. The node goes on. */
final class AnswerCases {

    private AnswerCases() {
    }

    static void addTo(Catalogue catalogue) {
        addInferences(catalogue);
        catalogue.add("TS-4.1", "takes answers whose timestamp is 0", node -> {
            Session session = node.session().open();
            for (int i = 0; i < 5; i++) {
                MediaStreamMessage.Builder answer = session.answerTo(session.expectSample());
                answer.getMediaSampleBuilder().setTimestamp(0);
                session.send(answer);
            }
            session.expectItGoesOn();
        });
        catalogue.add("TS-4.2", "takes answers with timestamps of other samples", node -> {
            Session session = node.session().open();
            for (int i = 0; i < 5; i++) {
                MediaStreamMessage.Builder answer = session.answerTo(session.expectSample());
                answer.getMediaSampleBuilder().setTimestamp(-1);
                session.send(answer);
            }
            session.expectItGoesOn();
        });
        catalogue.add("LM-1.1", "comes again after an answer with a million empty inferences", node -> {
            Session session = node.session().open();
            session.answer(session.expectSample(), Collections.nCopies(1_000_000, Inference.getDefaultInstance()));
            expectItGoesOnOrComesAgain(node, session);
        });
        catalogue.add("LM-1.2", "comes again after an answer of 24 MiB", node -> {
            Session session = node.session().open();
            Sample sample = session.expectSample();
            session.answer(sample, List.of(text("x".repeat(24 << 20))));
            expectItGoesOnOrComesAgain(node, session);
        });
        catalogue.add("LM-5.1", Level.MUST, "comes again after bytes that are no message", node -> {
            Session session = node.session().open();
            session.expectSample();
            session.sendBytes(new byte[] { -1, -1, -1, -1 }, "4 bytes that are no message");
            expectItGoesOnOrComesAgain(node, session);
        });
    }

    private static void addInferences(Catalogue catalogue) {
        takes(catalogue, "IN-2.1", "takes inferences whose type is AUTO", Level.MUST, entity(0.1f, 0.1f).setType(InferenceType.AUTO).build());
        takes(catalogue, "IN-3.1", "takes boxes that are a little outside of the picture", Level.SHOULD, entity(-0.014f, 1.01f).build());
        takes(catalogue, "IN-1.1", "takes an inference without a value", Level.SHOULD,
                Inference.newBuilder().setType(InferenceType.ENTITY).build());
        takes(catalogue, "IN-1.2", "takes an inference whose type is not that of its value", Level.SHOULD,
                Inference.newBuilder().setType(InferenceType.TEXT).setMotion(Motion.newBuilder().setBox(box(0, 1))).build());
        takes(catalogue, "IN-1.3", "takes an inference of a type that is not in the contract", Level.SHOULD,
                Inference.newBuilder().setTypeValue(99).setText(Text.newBuilder().setValue("STOP")).build());
        catalogue.add("IN-1.4", Level.SHOULD, "takes a thousand inferences in an answer", node -> {
            Session session = node.session().open();
            session.answer(session.expectSample(), Collections.nCopies(1_000, entity(0.1f, 0.1f).build()));
            session.expectItGoesOn();
        });
    }

    private static void takes(Catalogue catalogue, String id, String expected, Level level, Inference inference) {
        catalogue.add(id, level, expected, node -> {
            Session session = node.session().open();
            for (int i = 0; i < 3; i++) {
                session.answer(session.expectSample(), List.of(inference));
            }
            session.expectItGoesOn();
        });
    }

    /** It may end the session for it. */
    private static void expectItGoesOnOrComesAgain(Node node, Session session) throws InterruptedException {
        session.expectItGoesOnOrEnds();
        if (session.hasEnded()) {
            node.session().open().expectSample();
        }
    }

    private static Inference.Builder entity(float left, float top) {
        return Inference.newBuilder().setType(InferenceType.ENTITY).setEntity(Entity.newBuilder()
                .setTag(Tag.newBuilder().setValue("person").setConfidence(0.9f)).setBox(box(left, top)));
    }

    private static Rectangle box(float left, float top) {
        return Rectangle.newBuilder().setL(left).setT(top).setW(0.3f).setH(0.3f).build();
    }

    private static Inference text(String value) {
        return Inference.newBuilder().setType(InferenceType.TEXT).setText(Text.newBuilder().setValue(value)).build();
    }
}

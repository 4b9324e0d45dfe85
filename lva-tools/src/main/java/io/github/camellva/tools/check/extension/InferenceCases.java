package io.github.camellva.tools.check.extension;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.Inference.ValueCase;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import io.github.camellva.tools.check.Level;
import io.github.camellva.tools.check.NotApplicable;

import static io.github.camellva.tools.check.extension.Extension.require;

/** What is found, what was found before, and when. All that was found in earlier cases is judged, too. */
final class InferenceCases {

    /** Real models overshoot a little. */
    private static final float TOLERANCE = 0.05f;

    private InferenceCases() {
    }

    static void addTo(Catalogue catalogue) {
        addFound(catalogue);
        addUpstream(catalogue);
        addTime(catalogue);
    }

    private static void addFound(Catalogue catalogue) {
        catalogue.add("IN-1.1", "gives each inference a value", extension -> requireAll(
                found(extension), inference -> inference.getValueCase() != ValueCase.VALUE_NOT_SET, "has no value"));
        catalogue.add("IN-1.2", "gives each inference the type of its value, or AUTO", extension -> requireAll(
                found(extension), InferenceCases::isOfItsType, "has the type of another value"));
        catalogue.add("IN-3.1", "gives boxes in fractions of the picture, 0 to 1", extension -> requireAll(
                found(extension, inference -> boxes(inference).findAny().isPresent()),
                inference -> boxes(inference).allMatch(InferenceCases::isInPicture), "has a box that is not in the picture"));
        catalogue.add("IN-3.2", "gives boxes a width and a height that are not negative", extension -> requireAll(
                found(extension, inference -> boxes(inference).findAny().isPresent()),
                inference -> boxes(inference).allMatch(box -> box.getW() >= 0 && box.getH() >= 0), "has a negative side"));
        catalogue.add("IN-5.1", "gives confidences from 0 to 1", extension -> requireAll(
                found(extension, inference -> confidences(inference).findAny().isPresent()),
                inference -> confidences(inference).allMatch(confidence -> confidence >= 0 && confidence <= 1),
                "has a confidence beyond 0 to 1"));
        catalogue.add("IN-7.1", "gives no two inferences of a session the same inference_id", extension -> {
            List<String> ids = ofOneSession(extension).stream().map(Inference::getInferenceId).filter(id -> !id.isEmpty()).toList();
            requireAny(ids, "none has an inference_id");
            Set<String> seen = new HashSet<>();
            List<String> twice = ids.stream().filter(id -> !seen.add(id)).toList();
            require(twice.isEmpty(), "more than one inference has the id " + Lists.shorten(twice));
        });
        catalogue.add("IN-7.2", "names as related only inferences that there are", extension -> {
            List<Inference> all = ofOneSession(extension);
            List<String> related = all.stream().flatMap(inference -> inference.getRelatedInferencesList().stream()).toList();
            requireAny(related, "none names another as related");
            List<String> ids = all.stream().map(Inference::getInferenceId).toList();
            require(ids.containsAll(related), "related inferences are named that are not there: " + Lists.shorten(related));
        });
    }

    private static void addUpstream(Catalogue catalogue) {
        catalogue.add("IN-6.1", Level.MUST, "acknowledges a sample of inferences alone", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswer(node.send(node.sample().addAllInferences(Upstream.all())));
        });
        catalogue.add("IN-2.1", "takes inferences whose type is AUTO", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswer(node.send(extension.sample(0).addAllInferences(
                    Upstream.all().stream().map(inference -> inference.toBuilder().setType(InferenceType.AUTO).build()).toList())));
        });
        catalogue.add("IN-6.2", Level.MUST, "acknowledges a sample with a hundred inferences of earlier steps", extension -> {
            MediaSample.Builder sample = extension.sample(0);
            for (int i = 0; i < 17; i++) {
                sample.addAllInferences(Upstream.all());
            }
            Conversation node = extension.session().open();
            node.expectAnswer(node.send(sample));
        });
        catalogue.add("IN-1.3", "acknowledges a sample with an inference that has no value", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswer(node.send(extension.sample(0).addInferences(Inference.newBuilder().setType(InferenceType.ENTITY))));
        });
    }

    private static void addTime(Catalogue catalogue) {
        catalogue.add("TS-1.1", "takes samples in a session whose timescale is 1000", extension -> {
            Conversation node = extension.session();
            var descriptor = extension.descriptor();
            descriptor.getMediaDescriptorBuilder().setTimescale(1_000);
            node.open(descriptor).expectAnswer(node.sendSample());
        });
        catalogue.add("TS-3.1", "answers a sample with its timestamp", extension -> {
            Conversation node = extension.session().open();
            expectTimestamp(node.expectLookedAt(node.sendSample()), extension.timestamp(0));
        });
        catalogue.add("TS-3.2", "answers each of ten samples with its own timestamp", extension -> {
            Conversation node = extension.session().open();
            List<MediaStreamMessage> answers = node.expectAnswers(node.sendSamples(10)).stream()
                    .filter(MediaStreamMessage::hasMediaSample).toList();
            requireAny(answers, "no sample was looked at");
            answers.forEach(answer -> expectTimestamp(
                    answer, extension.timestamp(Math.toIntExact(answer.getAckSequenceNumber() - 2))));
        });
        catalogue.add("TS-3.3", "repeats the largest timestamp there is, 2^64 - 1", extension -> expectRepeated(extension, -1));
        catalogue.add("TS-3.4", "repeats the timestamp 0", extension -> expectRepeated(extension, 0));
    }

    private static void expectRepeated(Extension extension, long timestamp) {
        Conversation node = extension.session().open();
        expectTimestamp(node.expectLookedAt(node.send(extension.sample(0).setTimestamp(timestamp))), timestamp);
    }

    private static void expectTimestamp(MediaStreamMessage answer, long timestamp) {
        long seen = answer.getMediaSample().getTimestamp();
        require(seen == timestamp, "the answer to " + answer.getAckSequenceNumber() + " has the timestamp "
                                   + Long.toUnsignedString(seen) + ", and the sample had " + Long.toUnsignedString(timestamp));
    }

    private static List<Inference> found(Extension extension) {
        return found(extension, inference -> true);
    }

    private static List<Inference> found(Extension extension, Predicate<Inference> ofInterest) {
        if (extension.observations().inferences().stream().noneMatch(ofInterest)) {
            ofOneSession(extension);
        }
        List<Inference> found = extension.observations().inferences().stream().filter(ofInterest).toList();
        requireAny(found, "nothing of the kind was found in any frame");
        return found;
    }

    private static List<Inference> ofOneSession(Extension extension) {
        Conversation node = extension.session().open();
        List<Inference> all = new ArrayList<>();
        node.expectAnswers(node.sendSamples(10)).forEach(answer -> all.addAll(answer.getMediaSample().getInferencesList()));
        return all;
    }

    private static void requireAny(List<?> found, String otherwise) {
        if (found.isEmpty()) {
            throw new NotApplicable(otherwise);
        }
    }

    private static void requireAll(List<Inference> found, Predicate<Inference> rule, String otherwise) {
        found.stream().filter(rule.negate()).findFirst().ifPresent(wrong -> require(
                false, "an inference " + otherwise + ": " + wrong.toString().replaceAll("\\s+", " ")));
    }

    private static boolean isOfItsType(Inference inference) {
        InferenceType ofValue = switch (inference.getValueCase()) {
            case CLASSIFICATION -> InferenceType.CLASSIFICATION;
            case MOTION -> InferenceType.MOTION;
            case ENTITY -> InferenceType.ENTITY;
            case TEXT -> InferenceType.TEXT;
            case EVENT -> InferenceType.EVENT;
            case OTHER -> InferenceType.OTHER;
            case VALUE_NOT_SET -> inference.getType();
        };
        return inference.getType() == InferenceType.AUTO || inference.getType() == ofValue;
    }

    private static Stream<Rectangle> boxes(Inference inference) {
        return Stream.concat(
                inference.getEntity().hasBox() ? Stream.of(inference.getEntity().getBox()) : Stream.empty(),
                inference.getMotion().hasBox() ? Stream.of(inference.getMotion().getBox()) : Stream.empty());
    }

    private static boolean isInPicture(Rectangle box) {
        return isFraction(box.getL()) && isFraction(box.getT()) && isFraction(box.getL() + box.getW())
                && isFraction(box.getT() + box.getH());
    }

    private static boolean isFraction(float value) {
        return value >= -TOLERANCE && value <= 1 + TOLERANCE;
    }

    private static Stream<Float> confidences(Inference inference) {
        Stream<Tag> tags = Stream.of(inference.getEntity().getTag(), inference.getClassification().getTag())
                .filter(tag -> !tag.equals(Tag.getDefaultInstance()));
        Stream<Attribute> attributes = Stream.concat(
                inference.getEntity().getAttributesList().stream(), inference.getClassification().getAttributesList().stream());
        return Stream.concat(tags.map(Tag::getConfidence), attributes.map(Attribute::getConfidence));
    }
}

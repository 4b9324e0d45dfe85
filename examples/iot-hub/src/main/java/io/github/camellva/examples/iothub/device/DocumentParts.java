package io.github.camellva.examples.iothub.device;

import java.util.ArrayList;
import java.util.List;

import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.Inference;

/** Divides an inference document in documents of the same time that are no larger than a message may be. */
final class DocumentParts {

    private final InferenceDocument document;
    private final int mostBytes;
    private final int bytesWithoutInferences;
    private final List<byte[]> parts = new ArrayList<>();
    private final List<Inference> next = new ArrayList<>();
    private int bytesOfNext;

    private DocumentParts(InferenceDocument document, int mostBytes) {
        this.document = document;
        this.mostBytes = mostBytes;
        this.bytesWithoutInferences = json(List.of()).length;
        this.bytesOfNext = bytesWithoutInferences;
    }

    /** @throws MessageTooLargeException when one inference alone is larger */
    static List<byte[]> of(InferenceDocument document, int mostBytes) {
        DocumentParts parts = new DocumentParts(document, mostBytes);
        for (int index = 0; index < document.inferences().size(); index++) {
            parts.add(index);
        }
        parts.finishNext();
        return parts.parts;
    }

    private void add(int index) {
        Inference inference = document.inferences().get(index);
        int alone = json(List.of(inference)).length;
        if (alone > mostBytes) {
            throw new MessageTooLargeException(
                    "inference " + (index + 1) + " of " + document.inferences().size() + " at timestamp "
                                               + Long.toUnsignedString(document.timestamp()) + " takes " + alone
                                               + " bytes, and the hub accepts " + mostBytes
                                               + " beside the properties; leave out large extensions or contentBytes");
        }
        int comma = next.isEmpty() ? 0 : 1;
        int bytes = alone - bytesWithoutInferences;
        if (bytesOfNext + comma + bytes > mostBytes) {
            finishNext();
            comma = 0;
        }
        next.add(inference);
        bytesOfNext += comma + bytes;
    }

    private void finishNext() {
        parts.add(json(next));
        next.clear();
        bytesOfNext = bytesWithoutInferences;
    }

    private byte[] json(List<Inference> inferences) {
        return new InferenceDocument(document.timestamp(), inferences).toJsonBytes();
    }
}

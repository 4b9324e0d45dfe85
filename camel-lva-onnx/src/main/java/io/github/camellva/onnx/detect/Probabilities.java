package io.github.camellva.onnx.detect;

/** Makes probabilities of a classifier's scores: some models end with softmax, others leave it to their caller. */
final class Probabilities {

    /** How far the sum of half-precision probabilities of a thousand classes may be off. */
    private static final double TOLERANCE = 0.02;

    private Probabilities() {
    }

    /** In place; scores that already are probabilities stay as they are. */
    static void of(float[] scores) {
        if (!areProbabilities(scores)) {
            softmax(scores);
        }
    }

    private static boolean areProbabilities(float[] scores) {
        double sum = 0;
        for (float score : scores) {
            if (score < 0) {
                return false;
            }
            sum += score;
        }
        return Math.abs(sum - 1) < TOLERANCE;
    }

    private static void softmax(float[] scores) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score - largest);
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (Math.exp(scores[i] - largest) / sum);
        }
    }
}

package io.github.camellva.onnx.detect;

/** What a model takes for an object: a box in pixels of its input, the number of its class, and how sure the model is. */
record Candidate(float left, float top, float right, float bottom, int label, float confidence) {

    static Candidate centred(float x, float y, float width, float height, int label, float confidence) {
        return new Candidate(x - width / 2, y - height / 2, x + width / 2, y + height / 2, label, confidence);
    }

    /** The area that both share, relative to what they cover together. */
    double overlap(Candidate other) {
        double shared = Math.max(0.0, Math.min(right, other.right) - Math.max(left, other.left))
                        * Math.max(0.0, Math.min(bottom, other.bottom) - Math.max(top, other.top));
        double together = area() + other.area() - shared;
        return together > 0 ? shared / together : 0;
    }

    private double area() {
        return (double) (right - left) * (bottom - top);
    }
}

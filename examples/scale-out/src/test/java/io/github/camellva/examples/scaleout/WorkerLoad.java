package io.github.camellva.examples.scaleout;

import java.util.List;

/** A worker, and the cameras whose frames it looks at. */
record WorkerLoad(String worker, List<String> cameras) {
}

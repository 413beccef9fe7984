package dev.bridle.inference.repository;

import dev.bridle.inference.engine.ServableModel;

/** A model that answers under its name and version. */
public record ServedModel(ModelVersion id, String sha256, ServableModel model) {}

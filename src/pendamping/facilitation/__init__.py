"""The facilitator at work: the week planned, the day logged, trainings, the month reported."""

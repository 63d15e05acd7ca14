(* ---------------------------------------------------------------- membership *)

Lemma put_below : forall v m s i, (i < m)%nat -> put v m s i = v i.
Proof. intros v m s i h. unfold put. destruct (Nat.eqb_spec i m); [lia | reflexivity]. Qed.

Lemma put_here : forall v m s, put v m s m = s.
Proof. intros v m s. unfold put. rewrite Nat.eqb_refl. reflexivity. Qed.

Lemma in_cube : forall a b n v, In v (cube a b n) <->
  (forall i, (i < n)%nat -> v i = a \/ v i = b) /\ (forall i, (n <= i)%nat -> v i = 0).
Proof.
  intros a b n. induction n as [|n IH]; intros v.
  - simpl. split.
    + intros [<-|[]]. split; intros i h; [lia | reflexivity].
    + intros [_ h]. left. apply functional_extensionality. intros i. symmetry. apply h. lia.
  - simpl. rewrite in_flat_map. split.
    + intros [w [hw hv]]. apply IH in hw. destruct hw as [h0 h1].
      assert (e : exists s, (s = a \/ s = b) /\ v = put w n s)
        by (destruct hv as [<-|[<-|[]]]; [exists a | exists b]; auto).
      destruct e as [s [hs ->]]. split; intros i h.
      * destruct (Nat.eq_dec i n) as [->|d]; [rewrite put_here; exact hs|].
        rewrite put_below by lia. apply h0. lia.
      * unfold put. destruct (Nat.eqb_spec i n); [lia | apply h1; lia].
    + intros [h0 h1]. exists (fun i => if Nat.eqb i n then 0 else v i). split.
      * apply IH. split; intros i h; simpl; destruct (Nat.eqb_spec i n); try lia; try reflexivity;
          [apply h0 | apply h1]; lia.
      * assert (e : forall s, v n = s -> put (fun i => if Nat.eqb i n then 0 else v i) n s = v).
        { intros s hs. apply functional_extensionality. intros i. unfold put.
          destruct (Nat.eqb_spec i n) as [->|d]; [symmetry; exact hs | reflexivity]. }
        destruct (h0 n) as [hs|hs]; [lia | left | right; left]; apply e, hs.
Qed.

Lemma sign_at : forall n x i, In x (signs n) -> (i < n)%nat -> is_sign (x i).
Proof. intros n x i h hi. apply in_cube in h. apply h, hi. Qed.

Lemma bit_at : forall n x i, In x (bits n) -> (i < n)%nat -> is_bit (x i).
Proof. intros n x i h hi. apply in_cube in h. apply h, hi. Qed.

Lemma build_below : forall n f i, (i < n)%nat -> build n f i = f i.
Proof. intros n f i h. unfold build. destruct (Nat.ltb_spec i n); [reflexivity | lia]. Qed.

Lemma build_in : forall a b n f, (forall i, (i < n)%nat -> f i = a \/ f i = b) -> In (build n f) (cube a b n).
Proof.
  intros a b n f h. apply in_cube. split; intros i hi; unfold build.
  - destruct (Nat.ltb_spec i n); [apply h; assumption | lia].
  - destruct (Nat.ltb_spec i n); [lia | reflexivity].
Qed.

Lemma build_ext : forall n f g, (forall i, (i < n)%nat -> f i = g i) -> build n f = build n g.
Proof.
  intros n f g h. apply functional_extensionality. intros i. unfold build.
  destruct (Nat.ltb_spec i n); [apply h; assumption | reflexivity].
Qed.

Lemma build_same : forall a b n v, In v (cube a b n) -> build n (fun i => v i) = v.
Proof.
  intros a b n v h. apply in_cube in h. apply functional_extensionality. intros i. unfold build.
  destruct (Nat.ltb_spec i n) as [l|l]; [reflexivity | symmetry; apply h, l].
Qed.

Lemma sign_square : forall s, is_sign s -> s ^ 2 = 1.
Proof. intros s [->| ->]; ring. Qed.

Lemma bit_square : forall b, is_bit b -> b ^ 2 = b.
Proof. intros b [->| ->]; ring. Qed.

Lemma sign_times : forall a b, is_sign a -> is_sign b -> is_sign (a * b).
Proof. intros a b [->| ->] [->| ->]; unfold is_sign; lra. Qed.

Lemma sign_opposite : forall a, is_sign a -> is_sign (- a).
Proof. intros a [->| ->]; unfold is_sign; lra. Qed.

Lemma sign_power : forall a k, is_sign a -> is_sign (a ^ k).
Proof.
  intros a k h. induction k as [|k IH]; simpl; [left; reflexivity | apply sign_times; assumption].
Qed.

Lemma sign_product : forall n f, (forall i, (i < n)%nat -> is_sign (f i)) -> is_sign (prod n f).
Proof.
  induction n as [|n IH]; intros f h; simpl; [left; reflexivity|].
  apply sign_times; [apply IH; intros i hi|]; apply h; lia.
Qed.

Lemma bit_times : forall a b, is_bit a -> is_bit b -> is_bit (a * b).
Proof. intros a b [->| ->] [->| ->]; unfold is_bit; lra. Qed.

Lemma bit_product : forall n f, (forall i, (i < n)%nat -> is_bit (f i)) -> is_bit (prod n f).
Proof.
  induction n as [|n IH]; intros f h; simpl; [right; reflexivity|].
  apply bit_times; [apply IH; intros i hi|]; apply h; lia.
Qed.

Lemma bit_nonneg : forall b, is_bit b -> 0 <= b.
Proof. intros b [->| ->]; lra. Qed.

Lemma power_bit : forall b x, is_bit b -> x ^ bit b = 1 + b * (x - 1).
Proof.
  intros b x [->| ->]; unfold bit; destruct (Req_EM_T _ 0) as [e|e]; simpl; try lra.
Qed.
